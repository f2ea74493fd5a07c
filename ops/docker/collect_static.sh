# The hashed static files are part of the image. The settings ask for what they would
# need in production; none of these values is a secret, and none stays in the image.
set -eu
ENVIRONMENT=production \
SITE_URL=https://build.invalid ALLOWED_HOSTS=build.invalid \
SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
ENCRYPTION_KEY="$(python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
STRIPE_SECRET_KEY=rk_live_build STRIPE_PUBLISHABLE_KEY=pk_live_build \
STRIPE_WEBHOOK_SECRET=whsec_build \
EMAIL_URL=dummymail:// DEFAULT_FROM_EMAIL=build@build.invalid \
DATABASE_URL=sqlite:////tmp/build.sqlite3 QUEUE_FILE=/tmp/build-queue.sqlite3 \
python manage.py collectstatic --no-input --verbosity 0
rm -f /tmp/build*.sqlite3*
