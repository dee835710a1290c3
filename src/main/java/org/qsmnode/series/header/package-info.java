/**
 * Headers of DICOM instances, read within limits of size and depth: frames, scan, scanner and kind
 * of image, in the form that the ledger keeps. Here are also the reasons to refuse.
 *
 * <p>Echo times in DICOM headers are milliseconds; everything that leaves this package is in
 * seconds. From outside enter dcm4che data and io, and Jackson for the ledger form of the index.
 * May use {@code digest}, {@code volume}.
 */
@NullMarked
package org.qsmnode.series.header;

import org.jspecify.annotations.NullMarked;
