"""The numbers that the prose of a report may state, and the cells they speak of."""

from dataclasses import dataclass

from ingest.forms import applications, reviews, statistics
from ingest.forms.model import CellKey

OWN_SUBJECT = "report"
"""The subject of a claim that speaks of the whole report; any other subject is not compared with its cells."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of statement; `unit` is that of its number.

    `compared_with` lists alternatives, each a sum of cells: the claim agrees with the tables if it equals one of them.
    `parts` are claims of which it is the sum, wherever the prose states any of them as its parts.
    """

    code: str
    label: str
    english: str
    unit: str
    compared_with: tuple[tuple[CellKey, ...], ...] = ()
    parts: tuple[str, ...] = ()


def _total(row_code: str) -> CellKey:
    return CellKey(applications.SECTION, row_code, applications.TOTAL)


def _cases(row_code: str) -> CellKey:
    return CellKey(reviews.SECTION, row_code, reviews.TOTAL)


def _statistic(row_code: str) -> tuple[CellKey, ...]:
    return (CellKey(statistics.SECTION, row_code, statistics.COLUMN),)


CLAIMS = (
    Claim("new_requests", "本年新收申请", "New requests", "request", ((_total("new_requests"),),)),
    Claim("carried_in", "上年结转申请", "Requests carried in", "request", ((_total("carried_in"),),)),
    Claim("carried_out", "结转下年度申请", "Requests carried out", "request", ((_total("carried_out"),),)),
    Claim(
        "applications_received",
        "收到申请",
        "Requests received, new alone or with those carried in",
        "request",
        ((_total("new_requests"),), (_total("new_requests"), _total("carried_in")), _statistic("requests_received")),
    ),
    Claim(
        "closed_total",
        "办结申请",
        "Requests closed",
        "request",
        ((_total("closed_total"),), _statistic("requests_closed")),
    ),
    Claim(
        "reconsideration",
        "行政复议",
        "Administrative reconsiderations",
        "case",
        ((_cases("reconsideration"),), _statistic("reconsiderations")),
    ),
    Claim(
        "litigation",
        "行政诉讼",
        "Administrative lawsuits",
        "case",
        ((_cases("litigation_direct"), _cases("litigation_after_reconsideration")), _statistic("litigations")),
    ),
    Claim(
        "litigation_direct",
        "未经复议直接起诉",
        "Lawsuits without prior reconsideration",
        "case",
        ((_cases("litigation_direct"),),),
    ),
    Claim(
        "litigation_after_reconsideration",
        "复议后起诉",
        "Lawsuits after reconsideration",
        "case",
        ((_cases("litigation_after_reconsideration"),),),
    ),
    Claim("published_items", "主动公开信息", "Items published on own motion", "item", (_statistic("published_total"),)),
    Claim(
        "published_by_gazette",
        "政府公报公开信息",
        "Items published in the gazette",
        "item",
        (_statistic("published_by_gazette"),),
    ),
    Claim(
        "published_by_website",
        "政府网站公开信息",
        "Items published on the website",
        "item",
        (_statistic("published_by_website"),),
    ),
    Claim(
        "published_by_weibo",
        "政务微博公开信息",
        "Items published on Weibo",
        "item",
        (_statistic("published_by_weibo"),),
    ),
    Claim(
        "published_by_wechat",
        "政务微信公开信息",
        "Items published on WeChat",
        "item",
        (_statistic("published_by_wechat"),),
    ),
    Claim(
        "responses",
        "回应关切",
        "Responses to public concerns",
        "event",
        (_statistic("responses_total"),),
        (
            "responses_by_press_conference",
            "responses_by_online_interview",
            "responses_by_interpretation",
            "responses_by_weibo_wechat",
            "responses_otherwise",
        ),
    ),
    Claim(
        "responses_by_press_conference",
        "回应关切:新闻发布会",
        "Responses, of them press conferences",
        "event",
        (_statistic("press_conferences"),),
    ),
    Claim(
        "responses_by_online_interview",
        "回应关切:在线访谈",
        "Responses, of them online interviews",
        "event",
        (_statistic("online_interviews"),),
    ),
    Claim(
        "responses_by_interpretation",
        "回应关切:政策解读",
        "Responses, of them policy interpretations",
        "article",
        (_statistic("interpretations"),),
    ),
    Claim(
        "responses_by_weibo_wechat",
        "回应关切:微博微信",
        "Responses, of them by Weibo and WeChat",
        "event",
        (_statistic("weibo_wechat_responses"),),
    ),
    Claim(
        "responses_otherwise",
        "回应关切:其他方式",
        "Responses, of them otherwise",
        "event",
        (_statistic("other_responses"),),
    ),
    Claim("interpretations", "政策解读", "Policy interpretations", "article", (_statistic("interpretations"),)),
    Claim("fees_charged", "收取费用", "Fees charged", "CNY", (_statistic("fees_charged"),)),
)
