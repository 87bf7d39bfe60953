"""Run folders and the event store."""
