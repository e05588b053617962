"""The nationwide statistics table of 2014 to 2018 (国办发〔2014〕32号): one number an indicator."""

from ingest.forms.model import FORM_2014, CellKey, FormCell, Row

SECTION = "statistics"
COLUMN = "value"

# (code, printed label, English label, group, unit), in the order of the table.
_TABLE = (
    ("published_total", "主动公开政府信息数", "Items published", "proactive", "item"),
    ("published_normative_documents", "主动公开规范性文件数", "Normative documents published", "proactive", "item"),
    ("normative_documents_issued", "制发规范性文件总数", "Normative documents issued", "proactive", "document"),
    ("published_by_gazette", "通过政府公报公开政府信息数", "Published by gazette", "proactive", "item"),
    ("published_by_website", "通过政府网站公开政府信息数", "Published by website", "proactive", "item"),
    ("published_by_weibo", "通过政务微博公开政府信息数", "Published by Weibo", "proactive", "item"),
    ("published_by_wechat", "通过政务微信公开政府信息数", "Published by WeChat", "proactive", "item"),
    ("published_by_other", "通过其他方式公开政府信息数", "Published otherwise", "proactive", "item"),
    ("responses_total", "回应公众关注热点或重大舆情数", "Responses to public concerns", "responses", "event"),
    ("press_conferences", "参加或举办新闻发布会总次数", "Press conferences", "responses", "event"),
    (
        "press_conferences_by_head",
        "新闻发布会主要负责同志参加次数",
        "Press conferences with the head",
        "responses",
        "event",
    ),
    ("online_interviews", "政府网站在线访谈次数", "Online interviews", "responses", "event"),
    (
        "online_interviews_by_head",
        "在线访谈主要负责同志参加次数",
        "Online interviews with the head",
        "responses",
        "event",
    ),
    ("interpretations", "政策解读稿件发布数", "Policy interpretations published", "responses", "article"),
    ("weibo_wechat_responses", "微博微信回应事件数", "Responses by Weibo and WeChat", "responses", "event"),
    ("other_responses", "其他方式回应事件数", "Responses otherwise", "responses", "event"),
    ("requests_received", "收到申请数", "Requests received", "requests_received", "request"),
    ("requests_in_person", "当面申请数", "Requests in person", "requests_received", "request"),
    ("requests_by_fax", "传真申请数", "Requests by fax", "requests_received", "request"),
    ("requests_online", "网络申请数", "Requests online", "requests_received", "request"),
    ("requests_by_letter", "信函申请数", "Requests by letter", "requests_received", "request"),
    ("requests_closed", "申请办结数", "Requests closed", "requests_closed", "request"),
    ("closed_on_time", "按时办结数", "Closed on time", "requests_closed", "request"),
    ("closed_extended", "延期办结数", "Closed after extension", "requests_closed", "request"),
    ("requests_answered", "申请答复数", "Requests answered", "requests_answered", "request"),
    ("answered_already_public", "属于已主动公开范围数", "Answered: already public", "requests_answered", "request"),
    ("answered_granted", "同意公开答复数", "Answered: granted", "requests_answered", "request"),
    ("answered_partly_granted", "同意部分公开答复数", "Answered: partly granted", "requests_answered", "request"),
    ("answered_denied", "不同意公开答复数", "Answered: denied", "requests_answered", "request"),
    ("denied_state_secret", "涉及国家秘密", "Denied: state secret", "answered_denied", "request"),
    ("denied_trade_secret", "涉及商业秘密", "Denied: trade secret", "answered_denied", "request"),
    ("denied_privacy", "涉及个人隐私", "Denied: privacy", "answered_denied", "request"),
    (
        "denied_security_stability",
        "危及国家安全、公共安全、经济安全和社会稳定",
        "Denied: security or stability",
        "answered_denied",
        "request",
    ),
    (
        "denied_not_government_information",
        "不是《条例》所指政府信息",
        "Denied: not government information",
        "answered_denied",
        "request",
    ),
    ("denied_other_law", "法律法规规定的其他情形", "Denied: other law", "answered_denied", "request"),
    ("answered_not_competent", "不属于本行政机关公开数", "Answered: not competent", "requests_answered", "request"),
    ("answered_not_existing", "申请信息不存在数", "Answered: does not exist", "requests_answered", "request"),
    ("answered_to_be_amended", "告知作出更改补充数", "Answered: to be amended", "requests_answered", "request"),
    ("answered_other_channel", "告知通过其他途径办理数", "Answered: other channel", "requests_answered", "request"),
    ("reconsiderations", "行政复议数量", "Reconsiderations", "reconsiderations", "case"),
    ("reconsiderations_upheld", "维持具体行政行为数", "Reconsiderations: upheld", "reconsiderations", "case"),
    ("reconsiderations_corrected", "被依法纠错数", "Reconsiderations: corrected", "reconsiderations", "case"),
    ("reconsiderations_other", "其他情形数", "Reconsiderations: other", "reconsiderations", "case"),
    ("litigations", "行政诉讼数量", "Lawsuits", "litigations", "case"),
    ("litigations_upheld", "维持具体行政行为或者驳回原告诉讼请求数", "Lawsuits: upheld", "litigations", "case"),
    ("litigations_corrected", "被依法纠错数", "Lawsuits: corrected", "litigations", "case"),
    ("litigations_other", "其他情形数", "Lawsuits: other", "litigations", "case"),
    ("complaints", "举报投诉数量", "Complaints", "complaints", "case"),
    ("fees_charged", "依申请公开信息收取的费用", "Fees charged", "fees", "CNY"),
    ("offices", "政府信息公开工作专门机构数", "Dedicated offices", "organisation", "office"),
    ("reading_points", "设置政府信息公开查阅点数", "Reading points", "organisation", "place"),
    ("staff", "从事政府信息公开工作人员数", "Staff", "staff", "person"),
    ("staff_full_time", "专职人员数", "Staff full time", "staff", "person"),
    ("staff_part_time", "兼职人员数", "Staff part time", "staff", "person"),
    ("funding", "政府信息公开专项经费", "Funding", "organisation", "CNY"),
    ("meetings", "召开政府信息公开工作会议或专题会议数", "Meetings", "training", "event"),
    ("trainings", "举办各类培训班数", "Training courses", "training", "event"),
    ("trained_persons", "接受培训人员数", "Persons trained", "training", "person"),
)

ROWS = tuple(Row(code, label, english, group=group, forms=(FORM_2014,)) for code, label, english, group, _ in _TABLE)
UNITS = {code: unit for code, _, _, _, unit in _TABLE}


def cells(form: str) -> tuple[FormCell, ...]:
    """The cells of the table: one an indicator."""
    return tuple(FormCell(CellKey(SECTION, row.code, COLUMN), UNITS[row.code]) for row in ROWS)
