/**
 * Our exchange in Aster's dialect: spot and futures on one port, both ways to sign, filters of the
 * recorded {@code exchangeInfo}, errors by code, weight headers, listen keys and streams, so that a
 * client that knows Aster trades on it. Start at {@code AsterFace}. May import {@code exchange},
 * {@code exchange.server}, {@code protocol}, {@code protocol.aster} and {@code core.model}. What
 * touches the exchange runs on the server's one exchange thread; reading requests and writing
 * answers runs on the web server's.
 */
package io.twinleg.simulator.server.aster;
