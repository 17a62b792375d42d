"""Published files over HTTP."""
