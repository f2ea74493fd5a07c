"""Every page of the admin: who may look at it, and who may send it.

E the expert of the order · O another expert · V Validateur · S Support · F Finance
· A Administrateur · N somebody of the staff without a role.
"""

EVERYBODY = "EOVSFAN"
# Who is not signed in comes here.
DOOR = {
    "admin:login",
    "admin:logout",
    "staff:login",
    "staff:logout",
    "staff:code",
    "staff:first_enrolment",
}

# Model -> who may look at its rows; to change one and to add one, see EDITORS.
VIEWERS = {
    "orders_order": "EVSFA",
    "orders_service": "SA",
    "orders_expert": "SA",
    "orders_erasure": "A",
    "payments_payment": "SFA",
    "payments_refund": "SFA",
    "payments_dispute": "SFA",
    "payments_fraudwarning": "FA",
    "payments_processedevent": "FA",
    "payments_reconcilerun": "FA",
    "payments_alarm": "SFA",
    "payments_subscription": "SFA",
    "payments_invoice": "SFA",
    "outbox_message": "SA",
    "accounts_user": "A",
    "auth_group": "A",
    "audit_auditentry": "A",
}
EDITORS = {
    "orders_service": {"add": "A", "change": "A", "delete": "A"},
    "orders_expert": {"add": "A", "change": "A", "delete": "A"},
    "accounts_user": {"add": "A", "change": "A", "delete": "A"},
    "auth_group": {"change": "A"},
}

# Page -> who may look (GET), who may send (POST).
OTHERS = {
    # The list is there for every expert, with their own orders in it.
    "admin:orders_order_changelist": ("EOVSFA", "EOVSFA"),
    "admin:orders_order_work": ("EOVSFA", ""),
    "admin:orders_order_queue": ("EOVSFA", ""),
    "admin:orders_order_export": ("", "FA"),
    # What the customer confided, and what is written about it.
    "admin:orders_order_picture": ("EVA", ""),
    "admin:orders_order_reading": ("EVA", ""),
    "admin:orders_order_reading_file": ("EVA", ""),
    # The work.
    "admin:orders_order_assign": ("SA", "SA"),
    "admin:orders_order_claim": ("E", "E"),
    "admin:orders_order_write": ("EA", "EA"),
    "admin:orders_order_submit": ("EA", "EA"),
    "admin:orders_order_decide": ("VA", "VA"),
    "admin:orders_order_deliver": ("SA", "SA"),
    "admin:orders_order_release": ("SFA", "SFA"),
    # The customer.
    "admin:orders_order_readdress": ("SA", "SA"),
    "admin:orders_order_find_customer": ("A", "A"),
    "admin:orders_order_customer": ("A", "A"),
    "admin:orders_order_erase": ("A", "A"),
    # The catalogue.
    "admin:orders_expert_portrait": ("SA", ""),
    "admin:orders_expert_preview": ("SA", "A"),
    "admin:orders_expert_preview_new": ("A", "A"),
    "admin:orders_service_preview": ("SA", "A"),
    "admin:orders_service_preview_new": ("A", "A"),
    # Money.
    "admin:payments_payment_refund": ("FA", "FA"),
    "admin:payments_refund_retry": ("FA", "FA"),
    "admin:payments_payment_export": ("", "FA"),
    "admin:payments_refund_export": ("", "FA"),
    "admin:payments_processedevent_replay_one": ("FA", "FA"),
    "admin:payments_reconcilerun_compare": ("FA", "FA"),
    "admin:payments_reconcilerun_mend": ("FA", "FA"),
    "admin:payments_subscription_stop_later": ("SFA", "SFA"),
    "admin:payments_subscription_resume": ("SFA", "SFA"),
    "admin:payments_subscription_stop_now": ("SFA", "SFA"),
    "admin:payments_subscription_move_price": ("SFA", "SFA"),
    "admin:payments_subscription_look": ("SFA", "SFA"),
    # The staff.
    "admin:auth_user_password_change": ("A", "A"),
    "admin:accounts_user_reset_second_factor": ("A", "A"),
    "admin:accounts_user_unlock_login": ("A", "A"),
    # One's own login, and what belongs to every page.
    "admin:index": (EVERYBODY, EVERYBODY),
    "admin:search": (EVERYBODY, EVERYBODY),
    "admin:jsi18n": (EVERYBODY, ""),
    "admin:view_on_site": (EVERYBODY, EVERYBODY),
    "admin:password_change": (EVERYBODY, EVERYBODY),
    "admin:password_change_done": (EVERYBODY, ""),
    "staff:password_change": (EVERYBODY, EVERYBODY),
    "staff:second_factor": (EVERYBODY, EVERYBODY),
    "staff:enrolment": (EVERYBODY, EVERYBODY),
    # Asked for by a form that names its field; without one, nobody.
    "admin:autocomplete": ("", ""),
    "admin:app_list": ("SFA", "SFA"),
}


def _usual(model: str) -> dict[str, tuple[str, str]]:
    """The five pages that Django gives to every model."""
    viewers, editors = VIEWERS[model], EDITORS.get(model, {})
    return {
        f"admin:{model}_changelist": (viewers, viewers),
        f"admin:{model}_history": (viewers, viewers),
        f"admin:{model}_change": (viewers, editors.get("change", "")),
        f"admin:{model}_add": (editors.get("add", ""),) * 2,
        f"admin:{model}_delete": (editors.get("delete", ""),) * 2,
    }


TABLE: dict[str, tuple[str, str]] = {
    **{page: row for model in VIEWERS for page, row in _usual(model).items()},
    **OTHERS,
}
