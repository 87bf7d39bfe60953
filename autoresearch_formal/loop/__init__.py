"""Expert iteration: rounds of search, judging, training and promotion."""
