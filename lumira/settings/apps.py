import django_stubs_ext

from .env import BASE_DIR

ROOT_URLCONF = "lumira.urls"
WSGI_APPLICATION = "lumira.wsgi.application"

INSTALLED_APPS = [
    "unfold",  # before django.contrib.admin: it replaces its templates
    "lumira.apps.LumiraConfig",
    "lumira.accounts",
    "lumira.audit",
    "lumira.limits",
    "lumira.outbox",
    "orders",
    "payments",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "ninja",  # for the files of its OpenAPI page, else fetched from a CDN
    "huey.contrib.djhuey",
]
AUTH_USER_MODEL = "accounts.User"

MIDDLEWARE = [
    "lumira.request_ids.number_requests",
    "lumira.kept_answers.answer_kept",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lumira.compressed_pages.CompressedPages",  # files are compressed already
    "lumira.protective_headers.ProtectiveHeaders",
    "django.middleware.locale.LocaleMiddleware",
    "lumira.chosen_language.language_by_link",
    "lumira.maintenance.close_for_maintenance",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "payments.api.json_paths.json_paths",
    "lumira.for_pages.for_pages_begin",
    "lumira.admin_language.admin_in_french",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lumira.error_pages.explain_refusals",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lumira.accounts.signing_in.whole_logins_only",
    "lumira.body_limit.limit_bodies",  # behind those who know who it is
    "lumira.readable_forms.readable_forms",
    "lumira.request_ids.name_the_staff",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lumira.for_pages.for_pages_end",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lumira.context.site",
            ],
            "libraries": {"money": "lumira.kit.templatetags.money"},
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ModelAdmin[Order] at run time; must come before any admin module is read.
django_stubs_ext.monkeypatch()
