"""Where Cypher of others runs, so that whatever it does is over after its time and has hurt nobody.

A statement is put to a server by a *clerk*, a child process with little memory, which also writes the answer down, so
that neither a giant value nor the unpacking of millions of small ones can stop the process that asks. The server is at
a *place*. The embedded store's is a *cell*: a second server over a copy of the database, which is killed with whatever
runs there. Neo4j's is the store itself, read only, with the server's own limits.
"""
