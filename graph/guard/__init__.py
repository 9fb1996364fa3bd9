"""What stands between Cypher from outside and a store: only what reads, and cannot cost too much, passes.

`cypher.lark` is the grammar of what can be said at all; `check` names the rules that it must keep besides.
"""

from graph.guard.checking import Allowed, check
from graph.guard.refusal import CypherRefusedError, Place, Rule

__all__ = ["Allowed", "CypherRefusedError", "Place", "Rule", "check"]
