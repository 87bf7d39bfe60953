"""What proposes: the policy interface, the symbolic policy and its reasoning tools."""
