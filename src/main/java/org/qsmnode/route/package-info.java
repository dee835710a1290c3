/**
 * The routes: receive, assemble, process, send, reprocess and delete. Each step is a small class
 * that moves the ledger from one state to the next and can be repeated.
 *
 * <p>Only ids travel in messages; pixels stay on disk. Times are {@link java.time.Instant} from an
 * injected clock. From outside enters Camel for routing, Quartz and JMS by endpoint URI only. May
 * use {@code camel}, {@code derive}, {@code digest}, {@code evaluate}, {@code numeric}, {@code
 * pipeline}, {@code series.find}, {@code series.header}, {@code store}, {@code volume}, {@code
 * web}.
 */
@NullMarked
package org.qsmnode.route;

import org.jspecify.annotations.NullMarked;
