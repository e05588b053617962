{# The headings of the wide reading table. Written by ingest.forms.headings from the forms: `make seeds`. #}
{% macro form_headings() -%}
{{ return({
    "requests": {
        "new_requests": "本年新收政府信息公开申请数量",
        "carried_in": "上年结转政府信息公开申请数量"
    },
    "outcomes": {
        "granted": "予以公开",
        "partly_granted": "部分公开",
        "denied_state_secret": "不予公开：属于国家秘密",
        "denied_other_law": "不予公开：其他法律行政法规禁止公开",
        "denied_safety_stability": "不予公开：危及“三安全一稳定”",
        "denied_third_party": "不予公开：保护第三方合法权益",
        "denied_internal_affairs": "不予公开：属于三类内部事务信息",
        "denied_deliberative": "不予公开：属于四类过程性信息",
        "denied_enforcement_file": "不予公开：属于行政执法案卷",
        "denied_administrative_inquiry": "不予公开：属于行政查询事项",
        "denied_total": "不予公开合计",
        "unavailable_not_held": "无法提供：本机关不掌握相关政府信息",
        "unavailable_needs_creation": "无法提供：没有现成信息需要另行制作",
        "unavailable_unclear": "无法提供：补正后申请内容仍不明确",
        "unavailable_total": "无法提供合计",
        "rejected_petition": "不予处理：信访举报投诉类申请",
        "rejected_repeat": "不予处理：重复申请",
        "rejected_publication": "不予处理：要求提供公开出版物",
        "rejected_excessive": "不予处理：无正当理由大量反复申请",
        "rejected_reconfirmation": "不予处理：要求确认或重新出具已获取信息",
        "rejected_total": "不予处理合计",
        "other": "其他处理（2019年格式）",
        "other_not_corrected": "其他处理：逾期不补正",
        "other_fee_unpaid": "其他处理：逾期未按收费通知缴费",
        "other_misc": "其他处理：其他",
        "other_total": "其他处理合计",
        "outcomes_total": "各办理结果之和",
        "closed": "办理结果总计",
        "carried_out": "结转下年度继续办理"
    },
    "reviews": {
        "reconsiderations": "行政复议",
        "litigations": "行政诉讼"
    },
    "results": {
        "upheld": "结果维持",
        "corrected": "结果纠正",
        "other": "其他结果",
        "pending": "尚未审结"
    },
    "documents": {
        "regulations": "规章",
        "normative_documents": "行政规范性文件"
    },
    "counts_of_documents": {
        "issued": "本年制发件数",
        "repealed": "本年废止件数",
        "in_force": "现行有效件数",
        "published": "本年新公开数量",
        "public_total": "对外公开总数量"
    },
    "decisions": {
        "licensing": "行政许可",
        "other_services": "其他对外管理服务事项",
        "penalties": "行政处罚",
        "coercion": "行政强制"
    },
    "amounts": {
        "fees": "行政事业性收费",
        "procurement": "政府集中采购"
    }
}) }}
{%- endmacro %}
