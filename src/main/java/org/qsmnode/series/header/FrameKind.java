package org.qsmnode.series.header;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Vector3;

/**
 * Facts that many frames of one object share; text is upper case and trimmed, absent text is empty.
 * Texts without a meaning here are kept as digests.
 *
 * @param complexComponent ComplexImageComponent (0008,9208) of the frame
 * @param imageType ImageType (0008,0008) or FrameType (0008,9007), all values
 * @param vendorImageType Siemens XA (0021,1175), all values
 * @param philipsType Philips (2005,1011), values joined by a backslash
 * @param geRawType GE (0043,102F), -1 if absent
 * @param echoTimeMs echo time in ms, NaN if absent
 * @param row direction of growing column index, LPS
 * @param column direction of growing row index, LPS
 * @param rowSpacingMm distance between rows, NaN if absent
 * @param columnSpacingMm distance between columns, NaN if absent
 * @param sliceThicknessMm SliceThickness, NaN if absent
 * @param scale value scaling
 * @param coil receive coil element when the image is of a single one, else empty
 * @param temporalPosition temporal position, 0 if absent
 */
public record FrameKind(
    String complexComponent,
    List<String> imageType,
    List<String> vendorImageType,
    String philipsType,
    int geRawType,
    double echoTimeMs,
    @Nullable Vector3 row,
    @Nullable Vector3 column,
    double rowSpacingMm,
    double columnSpacingMm,
    double sliceThicknessMm,
    ValueScale scale,
    String coil,
    int temporalPosition) {

  public FrameKind {
    complexComponent = ImageTypeTokens.kept(complexComponent);
    imageType = imageType.stream().map(ImageTypeTokens::kept).toList();
    vendorImageType = vendorImageType.stream().map(ImageTypeTokens::kept).toList();
    philipsType = ImageTypeTokens.keptValues(philipsType);
    coil = FactText.digest(coil);
  }
}
