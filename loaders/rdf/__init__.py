"""Graphs of our own vocabulary from files of RDF: read into a scratch store on disk, checked there, handed on in parts.

`syntax` reads facts from a file, `scratch` keeps them, `pieces` cuts them into parts that fit into memory, `check` says
what is wrong with them, and `parts` gives what a store takes, nodes before relationships.
"""
