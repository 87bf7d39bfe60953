"""Data, preference resetting, trainers and the expert-iteration loop."""
