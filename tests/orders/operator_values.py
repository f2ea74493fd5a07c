"""Who runs the shop, as the environment says it."""

OPERATOR = {
    "LEGAL_NAME": "Lumira SAS",
    "LEGAL_FORM": "SAS au capital de 1 000 €, RCS Paris 123 456 782",
    "LEGAL_ADDRESS": "1 rue de l’Exemple, 75001 Paris",
    "LEGAL_SIRET": "12345678200010",
    "LEGAL_VAT": "FR12345678901",
    "LEGAL_PHONE": "+33 1 23 45 67 89",
    "LEGAL_PUBLISHER": "Claire Exemple",
    "LEGAL_HOST": "Hébergeur SA, 59100 Roubaix",
    "LEGAL_MEDIATOR": "Médiateur Exemple, 75002 Paris",
}
