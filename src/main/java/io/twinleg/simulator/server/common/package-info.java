/**
 * What the servers of all venues share: the exchange on its own thread at an adjustable speed, the
 * faults of HTTP and of WebSockets. May import {@code simulator} and {@code core.model}.
 */
package io.twinleg.simulator.server.common;
