"""A copy of the graph in Oxigraph, on disk, that follows the store and answers SPARQL."""
