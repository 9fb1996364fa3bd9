"""The service over HTTP: one module a resource, and what they share."""
