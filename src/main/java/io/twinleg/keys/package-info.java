/**
 * Sources of a signing key (text, environment, file, keystore) and how a key is read from them. May
 * import {@code files}. A {@link io.twinleg.keys.SecretKey} is wiped by the code that opened it; no
 * text, exception or log shows a key or a passphrase.
 */
package io.twinleg.keys;
