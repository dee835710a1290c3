package org.qsmnode.derive;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.qsmnode.series.pixels.SourceSlice;
import org.qsmnode.volume.Mask;

/** Builds the data set of one derived slice (MR Image Storage, PS3.3 A.4). */
final class DerivedImage {

  private static final String RESEARCH_USE = "Research use only, not for diagnosis";

  private final DerivationSettings settings;
  private final DerivationIdentity identity;
  private final DerivationFacts facts;
  private final DerivedUids uids;

  DerivedImage(
      DerivationSettings settings,
      DerivationIdentity identity,
      DerivationFacts facts,
      DerivedUids uids) {
    this.settings = settings;
    this.identity = identity;
    this.facts = facts;
    this.uids = uids;
  }

  /**
   * The data set of slice {@code z}, counted from 0 in ascending position.
   *
   * @param contribution what this software did with which sources, ASCII
   */
  Attributes of(
      SourceSlice slice,
      StoredMap map,
      Mask mask,
      int z,
      String seriesInstanceUid,
      Timestamp time,
      String contribution) {
    Attributes source = slice.header();
    DerivedKind kind = map.kind();
    Attributes image = SourceHeader.copy(source, slice.frameNumber(), uids);
    Elements.ui(image, Tag.SOPClassUID, UID.MRImageStorage);
    Elements.ui(image, Tag.SOPInstanceUID, uids.instance(seriesInstanceUid, z));
    Elements.ui(image, Tag.SeriesInstanceUID, seriesInstanceUid);
    Elements.is(image, Tag.InstanceNumber, z + 1);
    Elements.cs(image, Tag.Modality, "MR");
    SeriesNaming.addTo(image, source, kind);
    time.addTo(image);
    Equipment.addTo(image, source, settings, identity, time, contribution);
    addNature(image, kind.statistic());
    Sources.addTo(image, slice.references());
    addPixels(image, map, mask, z);
    addDisplay(image, kind.statistic());
    QuantityMap.addTo(image, kind.statistic());
    return image;
  }

  private void addNature(Attributes image, Statistic statistic) {
    Elements.cs(
        image, Tag.ImageType, "DERIVED", "PRIMARY", "OTHER", "QSM", statistic.imageTypeValue());
    image.setNull(Tag.EchoTime, VR.DS);
    Elements.st(image, Tag.DerivationDescription, facts.description(statistic, identity));
    Elements.cs(image, Tag.ContentQualification, "RESEARCH");
    Elements.cs(image, Tag.BurnedInAnnotation, "NO");
    Elements.cs(image, Tag.LossyImageCompression, "00");
    image.setString(Tag.ImageComments, VR.LT, RESEARCH_USE);
  }

  private static void addPixels(Attributes image, StoredMap map, Mask mask, int z) {
    image.setInt(Tag.SamplesPerPixel, VR.US, 1);
    Elements.cs(image, Tag.PhotometricInterpretation, "MONOCHROME2");
    image.setInt(Tag.Rows, VR.US, map.ny());
    image.setInt(Tag.Columns, VR.US, map.nx());
    image.setInt(Tag.BitsAllocated, VR.US, 16);
    image.setInt(Tag.BitsStored, VR.US, 16);
    image.setInt(Tag.HighBit, VR.US, 15);
    image.setInt(Tag.PixelRepresentation, VR.US, 1);
    map.range(z, mask)
        .ifPresent(
            range -> {
              image.setInt(Tag.SmallestImagePixelValue, VR.SS, range.smallest());
              image.setInt(Tag.LargestImagePixelValue, VR.SS, range.largest());
            });
    if (map.kind().statistic().padded()) {
      image.setInt(Tag.PixelPaddingValue, VR.SS, map.kind().statistic().background());
    }
    image.setBytes(Tag.PixelData, VR.OW, map.slice(z));
  }

  private void addDisplay(Attributes image, Statistic statistic) {
    Window window = settings.window(statistic);
    Elements.ds(image, Tag.WindowCenter, window.centerPpb());
    Elements.ds(image, Tag.WindowWidth, window.widthPpb());
    Elements.lo(image, Tag.WindowCenterWidthExplanation, "QSM ppb");
  }
}
