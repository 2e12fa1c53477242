/**
 * What both faces of our exchange need to be a server: the one thread on which it lives, at a pace
 * of the wall's clock, and the trouble between it and its clients. May import {@code exchange} and
 * {@code core.model}. The exchange is touched on its own thread alone; everybody else waits there.
 */
package io.twinleg.simulator.server;
