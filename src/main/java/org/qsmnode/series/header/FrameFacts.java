package org.qsmnode.series.header;

import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Vector3;

/**
 * One frame as the recognition sees it.
 *
 * @param frameNumber 1-based frame of a multi-frame object, 0 for a classic image
 * @param positionMm ImagePositionPatient, LPS
 * @param kind facts shared with other frames
 */
public record FrameFacts(int frameNumber, @Nullable Vector3 positionMm, FrameKind kind) {}
