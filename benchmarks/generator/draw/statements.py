"""Counts in words: draws a sentence, puts the numbers in, and keeps the claims that it makes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from benchmarks.generator.chance import below, pick, up_to
from benchmarks.generator.draw import sentences
from benchmarks.generator.draw.numerals import chinese
from benchmarks.generator.model import Claim
from benchmarks.generator.plan import Plan
from benchmarks.generator.wording import Say

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ANY_NUMBER = "n"


class Writer:
    """Writes sentences in the report's script; `claims` are those that they made."""

    def __init__(self, rng: Random, plan: Plan, say: Say) -> None:
        self.rng = rng
        self.plan = plan
        self.say = say
        self.claims: dict[Claim, None] = {}
        self.chinese = rng.random() < 0.08
        publisher = plan.publisher
        self.names = {
            "year": str(plan.year),
            "last": str(plan.year - 1),
            "we": say(publisher.we),
            "all": say(publisher.everywhere),
            "agency": say(publisher.agency_name),
            "place": say(publisher.everywhere[1]),
        }

    def fill(self, template: str) -> str:
        """A sentence that states nothing."""
        return self.state(template, {})

    def state(self, template: str, numbers: Mapping[str, int], subject: str = "") -> str:
        """The sentence of `template`, in which each number has its code as placeholder and makes that claim."""
        said = self.say(template)
        if "{" not in said:
            return said

        def put(found: re.Match[str]) -> str:
            name = found[1]
            if name == _ANY_NUMBER:
                return str(10 + up_to(self.rng, 900))
            if name not in numbers:
                return self.names[name]
            self.claims[Claim(sentences.NAMES.get(name, name), subject, str(numbers[name]))] = None
            return self._printed(name, numbers[name])

        return _PLACEHOLDER.sub(put, said)

    def none(self, sentence: str, codes: Sequence[str]) -> str:
        """A sentence that says 'none' of each of `codes`."""
        for code in codes:
            self.claims[Claim(code, "", "0")] = None
        return self.fill(sentence)

    def _printed(self, name: str, count: int) -> str:
        if name == "published_wan":
            return f"{count // 10_000}.{count % 10_000 // 1000}".removesuffix(".0")
        if self.chinese and 0 < count < 10_000:
            return self.say("两" if count == 2 else chinese(count))
        return str(count)


def requests(writer: Writer, totals: Mapping[str, int]) -> list[str]:
    """What the report says of requests received and closed."""
    new, carried_in = totals["new_requests"], totals["carried_in"]
    if not new and not carried_in:
        return [writer.none(pick(writer.rng, sentences.NO_REQUESTS), ("applications_received",))]
    numbers = {**totals, "received_new": new, "received_all": new + carried_in}
    if not carried_in and not totals["carried_out"] and writer.rng.random() < 0.3:
        writer.claims[Claim("closed_total", "", str(new))] = None
        return [writer.state(pick(writer.rng, sentences.ALL_CLOSED), numbers)]
    return [writer.state(pick(writer.rng, sentences.REQUESTS), numbers)]


def office(writer: Writer) -> str:
    """What one office inside the jurisdiction received."""
    place = writer.plan.publisher.everywhere[1]
    which = below(writer.rng, len(sentences.OFFICE))
    subject = sentences.OFFICE_NAMES[which].format(place=place)
    return writer.state(sentences.OFFICE[which], {"received_new": 3 + up_to(writer.rng, 40)}, subject)


def reviews(writer: Writer, totals: Mapping[str, int], old: bool) -> str:
    """What the report says of reviews; the kinds of litigation are no matter of the `old` forms."""
    direct, after = totals["litigation_direct"], totals["litigation_after_reconsideration"]
    if not totals["reconsideration"] and not direct and not after:
        return writer.none(pick(writer.rng, sentences.NO_REVIEWS), ("reconsideration", "litigation"))
    numbers = {**totals, "litigation": direct + after}
    if after and not direct and writer.rng.random() < 0.6:
        writer.claims[Claim("litigation_after_reconsideration", "", str(after))] = None
        return writer.state(pick(writer.rng, sentences.REVIEWS_AFTER), numbers)
    templates = sentences.REVIEWS_BY_KIND if not old and writer.rng.random() < 0.3 else sentences.REVIEWS
    return writer.state(pick(writer.rng, templates), numbers)


def published_items(writer: Writer, statistics: Mapping[str, int]) -> list[str]:
    """What the report says of items published, by channel too, of interpretations and of responses."""
    return list(_published(writer, statistics))


def _published(writer: Writer, statistics: Mapping[str, int]) -> Iterator[str]:
    rng = writer.rng
    limit = 60_000 if writer.plan.publisher.scope == "jurisdiction" else 900
    count = statistics.get("published_total", 20 + up_to(rng, limit))
    if not statistics and rng.random() < 0.05:
        yield writer.state(sentences.PUBLISHED_WAN[0], {"published_wan": 1000 * (10 + below(rng, 900))})
    else:
        yield writer.state(pick(rng, sentences.PUBLISHED), {"published_items": count})
    if rng.random() < 0.15:
        shares = (("gazette", 20), ("website", 2), ("weibo", 4), ("wechat", 4))
        drawn = {f"published_by_{name}": 1 + up_to(rng, count // share) for name, share in shares}
        yield writer.state(pick(rng, sentences.CHANNELS), {**drawn, **statistics})
    if rng.random() < 0.4:
        numbers = {"interpretations": statistics.get("interpretations", 1 + up_to(rng, 300))}
        yield writer.state(pick(rng, sentences.INTERPRETATIONS), numbers)
    if rng.random() < 0.25:
        numbers = {"responses": statistics.get("responses_total", up_to(rng, 60))}
        yield writer.state(pick(rng, sentences.RESPONSES), numbers)


def fees(writer: Writer, yuan: int) -> str:
    """What the report says of fees."""
    if not yuan:
        return writer.none(pick(writer.rng, sentences.NO_FEES), ("fees_charged",))
    return writer.state(pick(writer.rng, sentences.FEES), {"fees_charged": yuan})


def no_claim(writer: Writer) -> list[str]:
    """Now and then a sentence whose number is another year's, a part's, another matter's or a rough one."""
    return [writer.fill(pick(writer.rng, sentences.NO_CLAIM))] if writer.rng.random() < 0.3 else []
