/**
 * The {@code dicom:} Camel component and the DICOM services that routes call directly.
 *
 * <p>A consumer is a storage and verification SCP; with {@link org.qsmnode.camel.QueryRetrieve}
 * also a query/retrieve SCP, with {@link org.qsmnode.camel.CommitmentListener} it hears the results
 * of storage commitment. A producer is a storage or verification SCU. {@link
 * org.qsmnode.camel.QueryScu}, {@link org.qsmnode.camel.RetrieveScu} and {@link
 * org.qsmnode.camel.CommitmentScu} are made like {@link org.qsmnode.camel.DicomScu}. Each takes the
 * options of the peer, and a thread pool and a scheduler of the caller. Each call opens one
 * association and blocks until it is done. An interrupt aborts the association. An SCU may be used
 * by several threads at a time. Objects of a C-GET, event reports and progress are handled on the
 * threads of the pool or of the caller.
 *
 * <p>There are two errors. {@link org.qsmnode.camel.DicomSendException}: the peer was not reached,
 * rejected, offers no such service or ended the association, so that trying again may help. {@link
 * org.qsmnode.camel.DicomStatusException}: the peer answered with a failure.
 *
 * <p>PDU lengths are bytes, time-outs milliseconds. Messages, headers and exceptions carry UIDs, AE
 * titles, statuses and counts, never a value of a patient attribute. The spool and what can be
 * retrieved come from {@code store}; from outside enter the Camel API and dcm4che. May use {@code
 * series.header}, {@code store}.
 */
@NullMarked
package org.qsmnode.camel;

import org.jspecify.annotations.NullMarked;
