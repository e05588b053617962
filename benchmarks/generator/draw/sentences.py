"""Sentences that state counts, and sentences with numbers that are no count of the report's year.

A placeholder is the code of the claim that its number makes; `NAMES` has those that are called otherwise. Numbers
that make no claim stand as {n}.
"""

# Placeholder -> claim code, where the two differ.
NAMES = {
    "received_new": "applications_received",
    "received_all": "applications_received",
    "closed_all": "closed_total",
    "published_wan": "published_items",
    "after_all": "litigation",
}

NO_REQUESTS = (
    "{year}年，{we}未收到政府信息公开申请。",
    "未收到依申请公开的相关信息。",
    "本年度未收到政府信息公开申请。",
    "{year}年度，{we}没有收到公民、法人和其他组织提出的政府信息公开申请。",
    "{year}年共收到政府信息公开申请0件。",
)
REQUESTS = (
    "{year}年，{all}新收政府信息公开申请{new_requests}件，上年结转{carried_in}件，依法办结{closed_total}件，结转下年度继续办理{carried_out}件。",
    "{all}共收到政府信息公开申请{received_new}件。已答复{closed_total}件（含上年结转申请{carried_in}件），{carried_out}件结转下年度继续办理，均在法定期限内予以答复。",
    "{year}年{all}共收到依申请公开{received_all}件，有关申请人情况和办理情况见下表：",
    "全年新收政府信息公开申请{new_requests}件，办结{closed_total}件。",
    "全年收到政府信息公开申请{received_new}件。",
    "{year}年，{all}共收到政府信息公开申请{received_new}件，比上年增加{n}件，增长{n}%。",
    "{year}年，{we}共受理政府信息公开申请{received_new}宗，已办结{closed_total}宗，结转下年度{carried_out}宗。",
    "{last}年收到政府信息公开申请{n}件，{year}年收到政府信息公开申请{received_new}件。",
    "上年结转政府信息公开申请{carried_in}件，本年新收政府信息公开申请{new_requests}件，共办结{closed_total}件，结转至下年度继续办理{carried_out}件。",
    "本年度收到公民、法人和其他组织提出的政府信息公开申请{received_new}件，其中网络申请{n}件，信函申请{n}件。",
    "依申请公开方面，全年共收到政府信息公开申请{received_all}件（含上年结转{carried_in}件），办结{closed_total}件。",
    "{year}年1月1日至12月31日，{all}各级行政机关共收到政府信息公开申请{received_new}件。",
)
# Where everything was closed and nothing was carried in.
ALL_CLOSED = (
    "{year}年，{we}共收到政府信息公开申请{received_new}件，均已按时答复。",
    "全年收到政府信息公开申请{received_new}件，全部按期办结。",
)
# What one office did is a claim of that office alone.
OFFICE = (
    "{year}年，{place}政府办代表{place}政府受理政府信息公开申请{received_new}件。",
    "{place}公安局收到政府信息公开申请{received_new}件。",
    "其中，{place}自然资源局收到政府信息公开申请{received_new}件。",
)
OFFICE_NAMES = ("{place}政府办", "{place}公安局", "{place}自然资源局")
NO_REVIEWS = (
    "未发生因政府信息公开引起的行政复议、行政诉讼。",
    "{year}年，{we}没有发生因政府信息公开引发的行政复议和行政诉讼案件。",
    "全年未收到政府信息公开行政复议申请，未发生政府信息公开行政诉讼。",
)
REVIEWS = (
    "全年涉及政府信息公开的行政复议{reconsideration}件、行政诉讼{litigation}件。",
    "因政府信息公开引起的行政复议案件{reconsideration}起，行政诉讼案件{litigation}起。",
    "全年发生政府信息公开行政复议{reconsideration}件，其中结果维持{n}件；行政诉讼{litigation}件。",
)
REVIEWS_BY_KIND = (
    "政府信息公开行政复议{reconsideration}件，行政诉讼{litigation}件，其中未经复议直接起诉{litigation_direct}件、复议后起诉{litigation_after_reconsideration}件。",
    "政府信息公开行政复议{reconsideration}件。未经复议直接起诉的行政诉讼{litigation_direct}件，复议后起诉的行政诉讼{litigation_after_reconsideration}件。",
)
REVIEWS_AFTER = ("办理信息公开行政复议{reconsideration}件，行政诉讼{litigation}件（均为复议后起诉）。",)
PUBLISHED = (
    "{year}年，{all}共主动公开政府信息{published_items}条。",
    "全年累计主动公开政府信息{published_items}条。",
    "{year}年，{we}主动公开各类政府信息{published_items}条，比上年增加{n}条。",
    "{year}年，{we}主动公开政府信息共{published_items}条，其中概况类{n}条、动态类{n}条。",
    "全年共主动发布政府信息{published_items}条。",
)
PUBLISHED_WAN = ("{year}年，{all}共主动公开政府信息{published_wan}万条。",)
CHANNELS = (
    "其中，通过政府网站公开政府信息{published_by_website}条，通过政务微博公开政府信息{published_by_weibo}条，"
    "通过政务微信公开政府信息{published_by_wechat}条。",
    "政府公报公开政府信息{published_by_gazette}条，政府网站公开政府信息{published_by_website}条。",
)
INTERPRETATIONS = (
    "全年发布各类政策解读稿件{interpretations}篇。",
    "{year}年发布政策解读{interpretations}条。",
    "全年发布政策解读材料{interpretations}件，其中图文解读{n}件。",
)
RESPONSES = (
    "回应公众关注热点或重大舆情{responses}次。",
    "全年共回应社会关切{responses}次。",
)
NO_FEES = (
    "{year}年度，{we}未收取信息处理费。",
    "全年未收取政府信息公开信息处理费。",
    "{year}年收取信息处理费0元。",
    "{we}{year}年依申请公开政府信息未收取任何费用。",
)
FEES = (
    "全年收取政府信息公开信息处理费{fees_charged}元。",
    "{year}年，{we}依法收取信息处理费共计{fees_charged}元。",
)
# Numbers of other years, of parts, of other matters, and rough ones.
NO_CLAIM = (
    "{last}年收到政府信息公开申请{n}件。",
    "自《条例》施行以来，累计收到政府信息公开申请{n}件。",
    "上半年收到政府信息公开申请{n}件。",
    "全年共受理行政审批申请{n}件，办结{n}件。",
    "全年受理群众信访投诉{n}件，办结{n}件。",
    "全年办理各类行政复议案件{n}件、行政应诉案件{n}件。",
    "收到政府信息公开申请数量比上年减少{n}件。",
    "主动公开政府信息近{n}000条。",
    "自2008年以来，累计主动公开政府信息{n}条。",
    "发布图文解读{n}篇、视频解读{n}个。",
    "主动公开重点领域信息{n}条。",
    "平均每月主动公开政府信息{n}条。",
    "力争明年主动公开政府信息{n}条。",
    "{last}年收取信息处理费{n}元。",
)
