from lumira.accounts.roles import Grants, Role

MONEY = (
    "payments.view_payment",
    "payments.view_refund",
    "payments.view_dispute",
    "payments.view_fraudwarning",
    "payments.view_processedevent",
    "payments.view_reconcilerun",
    "payments.view_alarm",
    "payments.view_subscription",
    "payments.view_invoice",
    "payments.stop_subscription",
    "payments.add_refund",
    "payments.replay_processedevent",
    "payments.run_reconcile",
)

GRANTS: Grants = {
    Role.SUPPORT: (
        "payments.view_payment",
        "payments.view_refund",
        "payments.view_dispute",
        "payments.view_subscription",
        "payments.view_invoice",
        "payments.stop_subscription",
        "payments.view_alarm",
    ),
    Role.FINANCE: MONEY,
    Role.ADMINISTRATOR: MONEY,
}
