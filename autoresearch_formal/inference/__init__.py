"""Models that run: engines in this process, the HTTP client and server, vLLM, weights."""
