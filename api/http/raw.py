"""Whether the routes that take queries in Cypher or SPARQL are open."""

from api.http.service import Served


class ClosedError(Exception):
    """The service takes no queries in a query language, since others than this machine can reach it."""


async def opened(service: Served) -> None:
    """A dependency of every route that takes Cypher or SPARQL. Raises ClosedError where the service takes none."""
    if not service.settings.takes_raw:
        raise ClosedError(
            "This service takes no Cypher and no SPARQL: it was told so, or it listens beyond its own machine. "
            "Start it with `pledgegraph serve --allow-raw` or with PLEDGEGRAPH_RAW=true to open them. "
            "/ask, /commitments and /calls are always open."
        )
