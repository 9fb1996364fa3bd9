"""The whole graph in formats of others, streamed: a store of any size is written in constant memory.

Every module has one function `write(store, out)`, which writes bytes and raises StoreError.
"""
