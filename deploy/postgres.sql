-- Prepares a PostgreSQL database for the gateway. Run it as an administrator, with a password of your own.
create role membership_gateway login password 'change-me';
create schema membership_gateway authorization membership_gateway;
