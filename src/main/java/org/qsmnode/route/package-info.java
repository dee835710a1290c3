/**
 * The routes: receive, assemble, process and send, each step a small class that moves the ledger
 * from one state to the next and can be repeated.
 *
 * <p>Only ids travel in messages; pixels stay on disk. Times are {@link java.time.Instant} from an
 * injected clock. May use everything below; Camel for routing, Quartz and JMS by endpoint URI only.
 */
@NullMarked
package org.qsmnode.route;

import org.jspecify.annotations.NullMarked;
