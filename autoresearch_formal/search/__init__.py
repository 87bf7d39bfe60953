"""Best-first search over a proof and definition graph, and what it leaves on disk."""
