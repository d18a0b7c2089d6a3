{{- define "twiza.name" -}}
{{ printf "%s-twiza" .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "twiza.labels" -}}
app.kubernetes.io/name: twiza
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "twiza.picked" -}}
app.kubernetes.io/name: twiza
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "twiza.host" -}}
{{ (urlParse .Values.publicUrl).hostname }}
{{- end }}

{{- define "twiza.image" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- end }}

{{- define "twiza.container" -}}
{{ include "twiza.image" . }}
envFrom:
  {{- include "twiza.environment" . | nindent 2 }}
{{ include "twiza.confined" . }}
{{- end }}

{{- define "twiza.environment" -}}
- configMapRef: { name: {{ include "twiza.name" . }} }
- secretRef: { name: {{ .Values.existingSecret }} }
{{- end }}

{{- define "twiza.confined" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: data, mountPath: /data }
  - { name: scratch, mountPath: /tmp }
{{- end }}

{{- define "twiza.pod" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
automountServiceAccountToken: false
terminationGracePeriodSeconds: 45
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
volumes:
  - name: data
    persistentVolumeClaim:
      claimName: {{ .Values.persistence.existingClaim | default (include "twiza.name" .) }}
  - name: scratch
    emptyDir: {}
{{- end }}
