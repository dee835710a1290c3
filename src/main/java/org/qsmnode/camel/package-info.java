/**
 * The {@code dicom:} Camel component: a consumer is a storage and verification SCP, a producer is a
 * storage or verification SCU.
 *
 * <p>PDU lengths are bytes, time-outs milliseconds. Messages, headers and exceptions carry UIDs, AE
 * titles, statuses and counts, never a value of a patient attribute. May use {@code store} for the
 * spool, the Camel API and dcm4che.
 */
@NullMarked
package org.qsmnode.camel;

import org.jspecify.annotations.NullMarked;
