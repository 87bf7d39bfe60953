"""From a proof in the graph to readable Lean."""
