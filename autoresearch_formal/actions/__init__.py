"""What a policy sees and says: situations, actions and the texts of prompts. Pure."""
