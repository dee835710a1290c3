/**
 * Recognition of multi-echo gradient-echo acquisitions in DICOM instances: headers read within
 * limits, frames, grouping, completeness, reasons, and assembly to volumes.
 *
 * <p>Echo times in DICOM headers are milliseconds; everything that leaves this package is in
 * seconds. Geometry is LPS in millimetres. From outside enter dcm4che data and io, and Jackson for
 * the ledger form of the index. May use {@code volume}.
 */
@NullMarked
package org.qsmnode.series;

import org.jspecify.annotations.NullMarked;
