"""What can be typed: every command with its options and its help.

A command imports its work when it runs, so that `extract` need not wait for a web server or a database driver.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer, echo
from typer import Exit as Leave

from api.cli.failures import Commands
from api.cli.formats import ActFormat, AnswerFormat, GraphFormat

app = Typer(
    name="pledgegraph",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Store = Annotated[
    str | None,
    Option(
        envvar="PLEDGEGRAPH_STORE",
        metavar="URL",
        help="bolt://HOST or neo4j://HOST (with PLEDGEGRAPH_USER and PLEDGEGRAPH_PASSWORD), or embedded:FOLDER;"
        " by default an embedded store in your data folder.",
        show_default=False,
    ),
]
Model = Annotated[
    str | None,
    Option(
        envvar="PLEDGEGRAPH_MODEL",
        metavar="FOLDER|URL#NAME",
        help="A model that `pledgegraph train` wrote, or a language model behind an OpenAI-compatible address"
        " (with PLEDGEGRAPH_MODEL_KEY); by default the one that comes with pledgegraph.",
        show_default=False,
    ),
]
Statements = Annotated[
    list[str],
    Argument(
        metavar="PATH|URL...",
        help="Statements in plain text or Markdown, folders of them, or web addresses.",
        show_default=False,
    ),
]
Workers = Annotated[
    int, Option("--workers", min=1, max=256, help="How many processes read; the output is the same with any number.")
]
Texts = Annotated[Path, Argument(metavar="TEXTS", help="The folder of the annotated texts.", show_default=False)]
Gold = Annotated[
    Path,
    Argument(
        metavar="GOLD.jsonl",
        help="The acts in them: one JSON object a line, a .json file of Web Annotations, or a folder of BRAT files.",
        show_default=False,
    ),
]


def _examples(*lines: str) -> str:
    return "\n\n".join(("Examples:", *(f"`{line}`" for line in lines)))


def _version(wanted: bool) -> None:
    if wanted:
        echo(f"pledgegraph {version('pledgegraph')}")
        raise Leave


@app.callback(
    epilog=_examples(
        "pledgegraph load statements/",
        'pledgegraph ask "all security pledges by Pakistan"',
        "pledgegraph serve",
    )
)
def about(
    show_version: Annotated[
        bool, Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Who commits to do what, towards whom, in which field, until when: a knowledge graph of official statements."""


@app.command(
    epilog=_examples(
        "pledgegraph extract statement.txt",
        "pledgegraph extract statements/ --format table",
        "pledgegraph extract note.md | jq -r 'select(.kind == \"pledge\") | .action'",
    )
)
def extract(
    inputs: Statements,
    format_: Annotated[
        ActFormat, Option("--format", help="One JSON object a line, RDF, or a table to look at.")
    ] = ActFormat.JSONL,
    model: Model = None,
    explain: Annotated[
        bool, Option("--explain", help="Show instead what the model saw, word by word, and why an act is whose.")
    ] = False,
    min_confidence: Annotated[
        float, Option("--min-confidence", min=0, max=1, help="Leave out acts of which the model is less sure.")
    ] = 0.0,
    workers: Workers = 1,
) -> None:
    """Print every act in statements: who commits to what, and the words that say so. Needs no store."""
    from api.cli.extract import run

    run(inputs, format_, model, explain, min_confidence, workers)


@app.command(
    epilog=_examples(
        "pledgegraph load statements/",
        "pledgegraph load communique.md https://example.org/joint-statement.txt",
        "pledgegraph load statements/ --store bolt://localhost:7687",
    )
)
def load(inputs: Statements, store: Store = None, model: Model = None) -> None:
    """Read statements and keep their acts in the graph. Loading the same again changes nothing."""
    from api.cli.load import run

    run(inputs, store, model)


@app.command(
    epilog=_examples(
        'pledgegraph ask "all security pledges by Pakistan"',
        'pledgegraph ask "what does China expect of Pakistan?" --explain',
        'pledgegraph ask "energy pledges since 2020" --format csv > pledges.csv',
    )
)
def ask(
    question: Annotated[str, Argument(metavar="QUESTION", help="A question in plain words.", show_default=False)],
    store: Store = None,
    format_: Annotated[AnswerFormat, Option("--format", help="How to print the answer.")] = AnswerFormat.TABLE,
    limit: Annotated[int, Option(min=1, max=10_000, help="At most so many acts, the newest first.")] = 100,
    explain: Annotated[bool, Option("--explain", help="Show how the question was read and the Cypher that ran.")] = (
        False
    ),
) -> None:
    """Answer a question from the graph, with the words that prove each line."""
    from api.cli.ask import run

    run(question, store, format_, limit, explain)


@app.command(epilog=_examples("pledgegraph serve", "pledgegraph serve --store neo4j://graph.example.org --port 80"))
def serve(
    store: Store = None,
    host: Annotated[
        str | None, Option(envvar="PLEDGEGRAPH_HOST", help="Where to listen. [default: 127.0.0.1]", show_default=False)
    ] = None,
    port: Annotated[
        int | None, Option(envvar="PLEDGEGRAPH_PORT", help="On which port. [default: 8000]", show_default=False)
    ] = None,
    model: Model = None,
    raw: Annotated[
        bool | None,
        Option(
            "--allow-raw/--no-raw",
            envvar="PLEDGEGRAPH_RAW",
            help="Take Cypher and SPARQL from whoever reaches the service. [default: only on the loopback]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Answer questions over HTTP and in the browser. PLEDGEGRAPH_TOKEN opens `POST /statements` to who knows it."""
    from api.cli.serve import run

    run(store, host, port, model, raw)


@app.command(epilog=_examples("pledgegraph verify", "pledgegraph verify --store bolt://localhost:7687"))
def verify(store: Store = None) -> None:
    """Prove every stored quote against its statement, and every act against its quotes."""
    from api.cli.verify import run

    run(store)


@app.command(
    epilog=_examples(
        "pledgegraph export --format turtle --out graph.ttl",
        "pledgegraph export --format csv > acts.csv",
        "pledgegraph export --format gexf --out graph.gexf",
    )
)
def export(
    format_: Annotated[
        GraphFormat,
        Option(
            "--format",
            help="RDF (turtle, jsonld, nquads), one row an act (csv, parquet) or a network to draw (graphml, gexf).",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None, Option(metavar="FILE", help="The file to write; stdout otherwise.", show_default=False)
    ] = None,
    store: Store = None,
) -> None:
    """Write the whole graph in another format."""
    from api.cli.export import run

    run(format_, out, store)


@app.command(
    "import",
    epilog=_examples(
        "pledgegraph import graph.ttl",
        "pledgegraph import statements.jsonld commitments.nq.gz --store bolt://localhost:7687",
    ),
)
def import_(
    files: Annotated[
        list[Path],
        Argument(
            metavar="FILE...",
            help="Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML: .ttl .nt .nq .trig .jsonld .rdf, also with .gz.",
            show_default=False,
        ),
    ],
    store: Store = None,
) -> None:
    """Check files of RDF in our vocabulary by every rule and keep those that break none; `export` writes such files."""
    from api.cli.importing import run

    run(files, store)


@app.command(epilog=_examples("pledgegraph evaluate texts/ gold.jsonl"))
def evaluate(texts: Texts, gold: Gold, model: Model = None) -> None:
    """Measure the reading against annotations: precision, recall and F1, slot by slot."""
    from api.cli.evaluate import run

    run(texts, gold, model)


@app.command(epilog=_examples("pledgegraph train texts/ gold.jsonl --out model/"))
def train(
    texts: Texts,
    gold: Gold,
    out: Annotated[Path, Option(metavar="FOLDER", help="Where the model goes.", show_default=False)],
    base: Annotated[str, Option(help="The encoder to begin from.")] = "minilm",
    epochs: Annotated[int | None, Option(min=1, help="How often to go through the texts.", show_default=False)] = None,
    seed: Annotated[int | None, Option(help="The same seed gives the same model.", show_default=False)] = None,
    hold_out: Annotated[
        float,
        Option("--hold-out", min=0, max=0.5, help="The share of the texts that only tells when to stop."),
    ] = 0.0,
    keep_float: Annotated[
        bool, Option("--keep-float", help="Keep the model before it is cut to eight bits too, in FOLDER/float.")
    ] = False,
) -> None:
    """Learn a model of your own from annotated statements. Needs the extra: `pip install 'pledgegraph[train]'`."""
    from api.cli.train import run

    run(texts, gold, out, base, epochs, seed, hold_out, keep_float)


replica = Typer(name="replica", no_args_is_help=True, help="The copy of the graph that answers SPARQL.")
app.add_typer(replica)


@replica.command(epilog=_examples("pledgegraph replica rebuild", "pledgegraph replica rebuild --store neo4j://HOST"))
def rebuild(store: Store = None) -> None:
    """Copy the graph for SPARQL anew, for services that run on this machine now or later."""
    from api.cli.rebuild import run

    run(store)
