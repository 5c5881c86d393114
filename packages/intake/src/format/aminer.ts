import { makeAlert } from '@throughline/model';
import { alertId, contentId } from '../field/alert-id.ts';
import { deviceEvidence, evidenceList } from '../field/evidence.ts';
import { instant } from '../field/instant.ts';
import { at, cut, fields, firstText, isFields, list, text } from '../field/value.ts';
import { type IntakeFormat, Refused } from '../outcome.ts';

/** AMiner (logdata-anomaly-miner) anomalies: `AnalysisComponent` found something in `LogData`. */
export const aminer: IntakeFormat = {
  name: 'aminer',
  about: 'AMiner (logdata-anomaly-miner) anomalies as JSON',

  recognises(record) {
    return isFields(record) && isFields(record.AnalysisComponent) && 'LogData' in record;
  },

  read(record, context) {
    const anomaly = fields(record);
    const component = fields(anomaly.AnalysisComponent);
    const data = fields(anomaly.LogData);
    const name = text(component.AnalysisComponentName);
    const title = firstText(component.Message, name, component.AnalysisComponentType);
    if (title === null) throw new Refused('missingField', 'AnalysisComponent.Message: no text');
    const stamps = list(data.Timestamps);
    const when = instant(
      'LogData.Timestamps',
      context.now,
      stamps[0],
      data.DetectionTimestamp,
      at(data, 'DetectionTimestamp', '0'),
    );
    const providerAlertId = contentId(anomaly);
    const host = firstText(anomaly.Host, anomaly.host, at(anomaly, 'AMiner', 'Host'), context.wrapperHost);
    return [
      {
        alert: makeAlert({
          id: alertId('am', providerAlertId),
          tenantId: context.tenantId,
          providerAlertId,
          title: cut(title, 512),
          description: text(list(data.RawLogData)[0]),
          category: text(component.AnalysisComponentType),
          serviceSource: 'aminer',
          detectionSource: text(component.AnalysisComponentType) ?? 'aminer',
          productName: 'AMiner',
          detectorId: cut(name ?? text(component.AnalysisComponentIdentifier) ?? title, 256),
          createdDateTime: when,
          lastActivityDateTime: instant('LogData.Timestamps', context.now, stamps.at(-1), when),
          additionalData: anomaly,
          evidence: evidenceList(deviceEvidence(host, ['attacked'])),
        }),
      },
    ];
  },
};
