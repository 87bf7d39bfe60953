"""Trajectories, training rows and synthetic data."""
