"""SPARQL over a folder that holds a snapshot of the graph, in processes that can be killed."""
