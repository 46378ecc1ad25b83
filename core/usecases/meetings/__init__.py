"""Meeting bodies, and sittings from the request to the last paper returned (machine M)."""
