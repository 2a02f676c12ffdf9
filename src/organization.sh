# A credential report of every account of the organization, in the folder credential-reports. Read-only.
ROLE=OrganizationAccountAccessRole

mkdir -p credential-reports
me=$(aws sts get-caller-identity --query '[Account,Arn]' --output text)
own=${me%%[[:space:]]*}
partition=$(echo "$me" | cut -d: -f2)

get_report() {
  if [ "$1" != "$own" ]; then
    set -- "$1" $(aws sts assume-role --role-arn "arn:$partition:iam::$1:role/$ROLE" \
      --role-session-name credential-report --output text \
      --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
    [ $# -eq 4 ] || return 1
    export AWS_ACCESS_KEY_ID="$2" AWS_SECRET_ACCESS_KEY="$3" AWS_SESSION_TOKEN="$4"
  fi
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    state=$(aws iam generate-credential-report --query State --output text) || return
    if [ "$state" = COMPLETE ]; then
      aws iam get-credential-report --output json > "credential-reports/$1.json"
      return
    fi
    sleep 5
  done
  return 1
}

for account in $(aws organizations list-accounts --output text \
  --query "Accounts[?State=='ACTIVE' || Status=='ACTIVE'].Id"); do
  if (get_report "$account"); then echo "$account"; else echo "$account: no report" >&2; fi
done
