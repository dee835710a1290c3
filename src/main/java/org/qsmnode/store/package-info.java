/**
 * What has to survive a crash. The spool has received objects as files with its receipt journal.
 * The ledger has instances, acquisitions, jobs, results and deliveries as database rows. Rows also
 * say which nodes live and which of them has what in hand.
 *
 * <p>Lengths are bytes, times are {@link java.time.Instant}. No table and no file name holds a
 * value of a patient attribute. Hikari and Flyway enter here and nowhere else, JDBC here and where
 * the program prepares its scheduler. What peers may query and retrieve is named here too, as
 * dcm4che data sets. May use {@code digest}, {@code series.header}.
 */
@NullMarked
package org.qsmnode.store;

import org.jspecify.annotations.NullMarked;
