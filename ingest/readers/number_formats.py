"""What a spreadsheet shows for a number: the digits that stand on the page, which are not always those stored.

Only formats that print plain digits are followed. Under any other (dates, fractions, scaled, conditional) the cell
comes out as text that no reader takes for a number.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_OBJECT = "\ufffc"
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-",
    42: "#,##0;-#,##0;-",
    43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-",
    49: "@",
}
"""The formats that Excel knows by number and that print plain digits."""
_PLAIN = re.compile(r"^(?P<before>[^#0?]*)(?P<digits>[#0?,]*[#0?])(?:\.(?P<decimals>[0#?]+))?(?P<after>[^#0?.]*)$")
_LITERAL = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\d+|\$[^\]]*)\]', re.I
)
_SECTION_END = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|;')
_ALLOWED_BARE = frozenset(" -+()（）%$¥￥元万亿件条次个项宗例起份篇部人")
_MAXIMUM = Decimal(10) ** 24


def shown(value: str, number_format: str, zeros: bool = True) -> str:
    """The text that a cell with this stored number and format shows; `zeros` is whether the sheet shows zeros.

    A number that the format does not print as plain digits is given with the format beside it, as no number.
    """
    try:
        number = _exact(value)
    except (ValueError, InvalidOperation, OverflowError):
        return f"{value}{_OBJECT}"
    if number == 0 and not zeros:
        return ""
    pattern = _section(number_format, number)
    if pattern is None:
        return f"{value} ({number_format}){_OBJECT}"
    if pattern.strip().lower() in ("general", "@", "g/通用格式", "通用格式"):
        return _plain(number)
    plan = _plan(pattern)
    if plan is None:
        return f"{value} ({number_format}){_OBJECT}"
    if isinstance(plan, str):
        return plan.strip()
    before, least, most, grouped, after, hides_zero = plan
    if "%" in before + after:
        number *= 100
    rounded = abs(number).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    digits = f"{rounded:,f}" if grouped else f"{rounded:f}"
    if most > least and "." in digits:
        whole, _, decimals = digits.partition(".")
        kept = decimals[:least] + decimals[least:].rstrip("0")
        digits = f"{whole}.{kept}" if kept else whole
    if rounded == 0 and hides_zero:
        digits = ""
    sign = "-" if number < 0 and rounded and ";" not in number_format else ""
    return f"{sign}{before}{digits}{after}".strip()


def _exact(value: str) -> Decimal:
    """The decimal that a stored binary number stands for: its shortest form, as it was typed."""
    number = Decimal(value) if len(value) <= 15 else Decimal(repr(float(value)))
    if not number.is_finite() or abs(number) >= _MAXIMUM:
        raise ValueError(value)
    return number


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _section(number_format: str, number: Decimal) -> str | None:
    """The part of a format that holds for a number; None where conditions decide."""
    if re.search(r"\[[<>=]|\[DBNum|\[\$-[^\]]*DBNum|\[h|\[m|\[s", number_format, re.I):
        return None
    parts = _SECTION_END.sub(lambda found: "\x00" if found[0] == ";" else found[0], number_format).split("\x00")
    if len(parts) >= 3 and number == 0:
        return parts[2]
    if len(parts) >= 2 and number < 0:
        return parts[1]
    return parts[0]


@lru_cache(maxsize=1024)
def _plan(pattern: str) -> tuple[str, int, int, bool, str, bool] | str | None:
    """Of a format: the text before, the fewest and most decimals, whether in groups, the text behind, hides a zero.

    A format that prints no digits at all is its text alone.
    """
    bare = _LITERAL.sub("", pattern)
    literal_only = not re.search(r"[#0?]", bare)
    if literal_only:
        return None if re.search(r"[ymdhsgEe@/]|General", bare, re.I) else _words(pattern)
    found = _PLAIN.match(bare)
    if not found or found["digits"].endswith(",") or found["after"].startswith(","):
        return None
    if not (set(found["before"]) | set(found["after"])) <= _ALLOWED_BARE or "?" in (found["decimals"] or ""):
        return None
    begins = re.search(r"[#0?]", _masked(pattern))
    ends = list(re.finditer(r"[#0?]", _masked(pattern)))
    if not begins or not ends:
        return None
    decimals = found["decimals"] or ""
    return (
        _words(pattern[: begins.start()]),
        decimals.count("0"),
        len(decimals),
        "," in found["digits"],
        _words(pattern[ends[-1].end() :]),
        "0" not in found["digits"] + decimals,
    )


def _masked(pattern: str) -> str:
    """A format with everything that is printed as it stands made invisible, at the same length."""
    return _LITERAL.sub(lambda found: "\x00" * len(found[0]), pattern)


def _words(piece: str) -> str:
    """The text that a piece of a format prints: quoted words and bare signs, without paddings and colours."""
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", piece)
