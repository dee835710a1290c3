package org.dcm4che3.net.service;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRQHandler;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;

/** Gives each request to the service registered for its SOP class. */
public class DicomServiceRegistry implements DimseRQHandler {

  private static final String ANY = "*";

  private final Map<String, DimseRQHandler> handlers = new ConcurrentHashMap<>();

  public DicomServiceRegistry() {}

  public void addDicomService(DicomService service) {
    addDimseRQHandler(service, service.getSOPClasses());
  }

  public void addDimseRQHandler(DimseRQHandler handler, String... sopClasses) {
    for (String sopClass : sopClasses) {
      handlers.put(sopClass, handler);
    }
  }

  public void removeDicomService(DicomService service) {
    removeDimseRQHandler(service.getSOPClasses());
  }

  public void removeDimseRQHandler(String... sopClasses) {
    for (String sopClass : sopClasses) {
      handlers.remove(sopClass);
    }
  }

  @Override
  public void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    try {
      handlerOf(dimse, cmd).onDimseRQ(as, pc, dimse, cmd, data);
    } catch (DicomServiceException e) {
      Association.LOG.info(
          "{}: {} answered with status {}H", as, dimse, Integer.toHexString(e.getStatus()));
      as.tryWriteDimseRSP(pc, response(e, dimse, cmd), e.getDataset());
    }
  }

  private DimseRQHandler handlerOf(Dimse dimse, Attributes cmd) throws DicomServiceException {
    String sopClass = cmd.getString(dimse.tagOfSOPClassUID());
    DimseRQHandler exact = sopClass == null ? null : handlers.get(sopClass);
    DimseRQHandler handler = exact != null ? exact : handlers.get(ANY);
    if (handler == null) {
      throw new DicomServiceException(
          dimse.isCService() ? Status.SOPclassNotSupported : Status.NoSuchSOPclass);
    }
    return handler;
  }

  /** PS3.7 wants a response to repeat the UIDs of its request. */
  private static Attributes response(DicomServiceException e, Dimse dimse, Attributes cmd) {
    Attributes rsp = e.mkRSP(dimse.commandFieldOfRSP(), cmd.getInt(Tag.MessageID, 0));
    repeat(cmd, dimse.tagOfSOPClassUID(), rsp, Tag.AffectedSOPClassUID);
    repeat(cmd, dimse.tagOfSOPInstanceUID(), rsp, Tag.AffectedSOPInstanceUID);
    return rsp;
  }

  private static void repeat(Attributes cmd, int from, Attributes rsp, int to) {
    String uid = from == 0 ? null : cmd.getString(from);
    if (uid != null && !rsp.contains(to)) {
      rsp.setString(to, VR.UI, uid);
    }
  }

  @Override
  public void onClose(Association as) {
    Collection<DimseRQHandler> all = new LinkedHashSet<>(handlers.values());
    for (DimseRQHandler handler : all) {
      handler.onClose(as);
    }
  }
}
