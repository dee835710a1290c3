/**
 * Doubts about the input. Phase may have been filtered or interpolated; its sign or the direction
 * of the main field may contradict a head in air.
 *
 * <p>Every check adds one sentence to the report, or ends field mapping with a reason. May use
 * {@code field.data}, {@code numeric}, {@code volume}.
 */
@NullMarked
package org.qsmnode.field.check;

import org.jspecify.annotations.NullMarked;
