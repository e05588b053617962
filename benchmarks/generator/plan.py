"""What kind of report is drawn and how it will be printed: every share of the mixture is in this file."""

from dataclasses import dataclass, field
from random import Random

from benchmarks.generator.chance import pick, weighted
from benchmarks.generator.forms import FORM_2014, FORM_2019, FORM_2021, NARRATIVE
from benchmarks.generator.publishers import Publisher, draw_publisher, panel_publishers

FORMATS = ("html", "text")
"""The formats drawn unless others are asked for: fast to write."""
OFFICE = ("docx", "xlsx", "pdf")
ALL_FORMATS = (*FORMATS, "mhtml", *OFFICE)
SUFFIXES = {"html": "html", "text": "txt", "mhtml": "mht", "docx": "docx", "xlsx": "xlsx", "pdf": "pdf"}
DAMAGES = ("none", "light", "all")

MIXED_FORMS = "mixed_forms"
_KINDS = ((FORM_2021, 0.42), (FORM_2019, 0.27), (MIXED_FORMS, 0.09), (FORM_2014, 0.13), (NARRATIVE, 0.09))
_YEARS = {
    FORM_2021: tuple(range(2021, 2026)),
    FORM_2019: (2019, 2020),
    MIXED_FORMS: tuple(range(2021, 2026)),
    FORM_2014: tuple(range(2014, 2019)),
    NARRATIVE: tuple(range(2008, 2019)),
}

PANEL_YEARS = tuple(range(2016, 2026))

_SCRIPTS = (
    ("hans", 0.70),
    ("hant", 0.09),
    ("hant_half", 0.04),
    ("hant_pinyin", 0.02),
    ("hant_tw", 0.06),
    ("hant_tw_full", 0.02),
    ("hant_hk", 0.04),
    ("mixed", 0.03),
)
_TYPOGRAPHIES = (("full", 0.40), ("half", 0.40), ("half_brackets", 0.10), ("dots", 0.10))

_MARKUPS = (("clean", 0.40), ("word", 0.35), ("wps", 0.25))
_STRUCTURES = (
    ("official", 0.52),
    ("spans_off", 0.10),
    ("three_in_one", 0.09),
    ("cut", 0.07),
    ("cut_header", 0.06),
    ("repeated_header", 0.05),
    ("no_tr", 0.06),
    ("transposed", 0.05),
)
_TEXT_LAYOUTS = (
    ("lines", 0.26),
    ("lines_spaced", 0.20),
    ("lines_bar", 0.08),
    ("pipes", 0.26),
    ("markdown", 0.11),
    ("tabs", 0.09),
)
_GROUPS = (("merged", 0.88), ("rows", 0.06), ("subtotals", 0.06))
_TITLES = (("full", 0.70), ("no_agency", 0.14), ("none", 0.16))

_LOSSES = (
    ("none", 0.72),
    ("lost_cell", 0.08),
    ("vanished", 0.06),
    ("repeated", 0.07),
    ("cut", 0.07),
)
_LIGHT_DAMAGES = (
    ("lost_characters", 0.10),
    ("junk_tags", 0.08),
    ("gambling", 0.07),
    ("foreign_links", 0.07),
    ("page_numbers", 0.07),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asks for."""

    seed: str = "0"
    formats: tuple[str, ...] = FORMATS
    damage: str = "all"
    mistakes: float = 0.15
    panel: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        unknown = set(self.formats) - set(ALL_FORMATS)
        if unknown or not self.formats:
            raise ValueError(f"formats must be of {ALL_FORMATS}, got {self.formats!r}")
        if self.damage not in DAMAGES:
            raise ValueError(f"damage must be of {DAMAGES}, got {self.damage!r}")
        if not 0 <= self.mistakes <= 1:
            raise ValueError(f"mistakes is a share from 0 to 1, got {self.mistakes!r}")


@dataclass(frozen=True, slots=True)
class Plan:
    """One report's kind and looks. An empty form is a table that the report does not have."""

    year: int
    publisher: Publisher
    disclosure_form: str
    applications_form: str
    reviews_form: str
    format: str
    script: str
    typography: str
    title: str
    page: str
    markup: str
    structure: str
    layout: str
    groups: str = "merged"
    order: int = 0
    subtotal_column: bool = False
    review_rows: bool = False
    cumulative: bool = False
    provincial: bool = False
    loss: str = "none"
    damages: frozenset[str] = field(default_factory=frozenset)
    label_damage: bool = False
    mistake: bool = False

    @property
    def is_page(self) -> bool:
        """Whether the report is printed as HTML."""
        return self.format in ("html", "mhtml")

    @property
    def statistics(self) -> bool:
        """Whether the report has the table of 2014."""
        return self.disclosure_form == FORM_2014

    @property
    def layout_name(self) -> str:
        """The printed layout in one word list, for the truth's `layout` column."""
        parts = [self.page, self.markup] if self.is_page else []
        parts.append(self.layout if self.format == "text" else self.structure)
        parts += [f"order{self.order}"] if self.order else []
        parts += [self.groups] if self.groups != "merged" else []
        flags = (
            (self.subtotal_column, "subtotal_column"),
            (self.review_rows, "review_rows"),
            (self.cumulative, "cumulative"),
            (self.provincial, "provincial"),
        )
        return "+".join(parts + [name for on, name in flags if on])


def _of_panel(index: int) -> tuple[Publisher, int]:
    """The publisher and year of report `index`: ten years of one publisher follow one another."""
    publishers = panel_publishers()
    return publishers[index // len(PANEL_YEARS) % len(publishers)], PANEL_YEARS[index % len(PANEL_YEARS)]


def draw_plan(rng: Random, options: Options, index: int = 0) -> Plan:
    """A plan within `options`; `index`, the number of the report, says publisher and year in a panel."""
    publisher, of_year = _of_panel(index) if options.panel else (None, None)
    kind = weighted(rng, tuple(one for one in _KINDS if of_year is None or of_year in _YEARS[one[0]]))
    disclosure = applications = reviews = kind
    if kind == MIXED_FORMS:
        disclosure, applications = pick(rng, ((FORM_2021, FORM_2019), (FORM_2019, FORM_2021)))
        reviews = applications
    tables = kind in (FORM_2019, FORM_2021, MIXED_FORMS)
    kind_of_file = pick(rng, options.formats)
    text, office = kind_of_file == "text", kind_of_file in OFFICE
    structure = weighted(rng, _STRUCTURES)
    if not tables and structure in ("three_in_one", "transposed"):
        structure = "official"
    layout = weighted(rng, _TEXT_LAYOUTS)
    if office and structure in ("three_in_one", "spans_off", "repeated_header", "no_tr"):
        structure = "official"
    orderly = tables and (text or structure != "transposed")
    groups = weighted(rng, _GROUPS) if orderly else "merged"
    order = pick(rng, (1, 2, 3, 4)) if orderly and rng.random() < 0.07 else 0
    script = weighted(rng, _SCRIPTS)
    light = options.damage != "none"
    damages = frozenset(name for name, share in _LIGHT_DAMAGES if rng.random() < share) if light else frozenset()
    if not text:
        damages -= {"junk_tags", "page_numbers"} if office else set()
    if kind_of_file == "pdf" and script == "hant_pinyin":
        # The fonts that every PDF reader brings have no letters with tone marks.
        script = "hant"
    loss, label_damage = "none", False
    if options.damage == "all":
        loss = weighted(rng, _LOSSES) if kind != NARRATIVE else "none"
        if not text and (loss != "cut" or kind_of_file != "html"):
            loss = "none"
        if loss in ("vanished", "repeated") and layout not in ("lines", "lines_bar", "lines_spaced"):
            layout = "lines"
        label_damage = rng.random() < 0.06 and script != "hant_pinyin"
        orderly = orderly and loss not in ("vanished", "repeated", "lost_cell")
        groups, order = (groups, order) if orderly else ("merged", 0)
    year = of_year or pick(rng, _YEARS[kind])
    provincial = kind == NARRATIVE and year < 2014 and rng.random() < 0.5
    return Plan(
        year=year,
        publisher=publisher or draw_publisher(rng),
        disclosure_form=disclosure,
        applications_form=applications,
        reviews_form=reviews,
        format=kind_of_file,
        script=script,
        typography=weighted(rng, _TYPOGRAPHIES),
        title=weighted(rng, _TITLES),
        page="cms" if rng.random() < 0.6 else "bare",
        markup=weighted(rng, _MARKUPS),
        structure=structure,
        layout=layout,
        groups=groups,
        order=order,
        subtotal_column=orderly and rng.random() < 0.04,
        review_rows=orderly and rng.random() < 0.08,
        cumulative=(kind == FORM_2014 and rng.random() < 0.10) or (provincial and rng.random() < 0.7),
        provincial=provincial,
        loss=loss,
        damages=damages,
        label_damage=label_damage,
        mistake=rng.random() < options.mistakes,
    )
