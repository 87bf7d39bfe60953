"""The proof graph: events, costs, the cheapest proof and its script. Pure."""
