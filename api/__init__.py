"""The faces of the product: command line, HTTP and explorer."""
