"""Numbers of the statistics table of 2014, whole by its sums."""

from random import Random

from benchmarks.generator.chance import split, up_to
from benchmarks.generator.forms import STATISTICS_SUMS

_WEIGHTS: dict[str, tuple[float, ...]] = {
    "requests_received": (4, 0.5, 6, 3),
    "requests_closed": (20, 1),
    "requests_answered": (6, 10, 2, 2, 4, 4, 1, 1),
    "answered_denied": (0.5, 1, 2, 1, 3, 2),
    "reconsiderations": (4, 1, 1),
    "litigations": (4, 1, 1),
    "staff": (1, 5),
}


def draw_statistics(rng: Random, size: int) -> dict[str, int]:
    """Counts by row code; money (`fees_charged`, `funding`) in yuan."""
    size = max(size, 4)
    wholes = {
        "requests_received": up_to(rng, size),
        "reconsiderations": up_to(rng, size // 20 + 1),
        "litigations": up_to(rng, size // 30 + 1),
        "staff": 1 + up_to(rng, size // 4 + 6),
    }
    wholes["requests_closed"] = wholes["requests_received"]
    wholes["requests_answered"] = wholes["requests_received"]
    published = 10 + up_to(rng, 900 + size * 20)
    normative = up_to(rng, published // 12 + 1)
    responses = up_to(rng, 40 + size // 2)
    conferences = up_to(rng, 4 + size // 200)
    interviews = up_to(rng, 6 + size // 200)
    numbers = {
        "published_total": published,
        "published_normative_documents": normative,
        "normative_documents_issued": normative + up_to(rng, 3),
        "published_by_gazette": up_to(rng, published // 20),
        "published_by_website": published - up_to(rng, published // 5),
        "published_by_weibo": up_to(rng, published // 2),
        "published_by_wechat": up_to(rng, published // 2),
        "published_by_other": up_to(rng, published // 4),
        "responses_total": responses,
        "press_conferences": conferences,
        "press_conferences_by_head": up_to(rng, conferences),
        "online_interviews": interviews,
        "online_interviews_by_head": up_to(rng, interviews),
        "interpretations": up_to(rng, responses + 20),
        "weibo_wechat_responses": up_to(rng, responses),
        "other_responses": up_to(rng, responses),
        "complaints": up_to(rng, 3),
        "fees_charged": up_to(rng, 90000) if rng.random() < 0.2 else 0,
        "offices": 1 + up_to(rng, 2 + size // 30),
        "reading_points": 1 + up_to(rng, 2 + size // 20),
        "funding": up_to(rng, 400) * 1000,
        "meetings": 1 + up_to(rng, 6 + size // 50),
        "trainings": 1 + up_to(rng, 4 + size // 50),
        "trained_persons": 5 + up_to(rng, 90 + size * 2),
    }
    for whole, parts in STATISTICS_SUMS:
        count = numbers[whole] if whole in numbers else wholes[whole]
        numbers[whole] = count
        numbers.update(zip(parts, split(rng, count, _WEIGHTS[whole]), strict=True))
    return numbers
