package org.qsmnode.series.header;

/**
 * Where an object stands in its study.
 *
 * @param seriesInstanceUid series
 * @param seriesNumber SeriesNumber (0020,0011), 0 if absent
 * @param acquisitionNumber AcquisitionNumber (0020,0012), 0 if absent
 * @param instanceNumber InstanceNumber (0020,0013), 0 if absent
 * @param acquisitionSeconds acquisition date and time as seconds, NaN if absent
 */
public record SeriesPlace(
    String seriesInstanceUid,
    int seriesNumber,
    int acquisitionNumber,
    int instanceNumber,
    double acquisitionSeconds) {}
