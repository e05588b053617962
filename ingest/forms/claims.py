"""The numbers that the prose of a report may state, and the cells they speak of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of statement; `unit` is that of its number."""

    code: str
    label: str
    english: str
    unit: str


CLAIMS = (
    Claim("new_requests", "本年新收申请", "New requests", "request"),
    Claim("carried_in", "上年结转申请", "Requests carried in", "request"),
    Claim("carried_out", "结转下年度申请", "Requests carried out", "request"),
    Claim("applications_received", "收到申请", "Requests received, new alone or with those carried in", "request"),
    Claim("closed_total", "办结申请", "Requests closed", "request"),
    Claim("reconsideration", "行政复议", "Administrative reconsiderations", "case"),
    Claim("litigation", "行政诉讼", "Administrative lawsuits", "case"),
    Claim("litigation_direct", "未经复议直接起诉", "Lawsuits without prior reconsideration", "case"),
    Claim("litigation_after_reconsideration", "复议后起诉", "Lawsuits after reconsideration", "case"),
    Claim("published_items", "主动公开信息", "Items published on own motion", "item"),
    Claim("responses", "回应关切", "Responses to public concerns", "event"),
    Claim("interpretations", "政策解读", "Policy interpretations", "article"),
    Claim("fees_charged", "收取费用", "Fees charged", "CNY"),
)
